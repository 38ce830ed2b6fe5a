import type { Call } from '@virtkit/core';

/** The call as its job sees it: aborted also when a destroy cuts in, so that nothing waits for a QEMU that hangs. */
export const jobCall = (call: Call, signal: AbortSignal): Call => ({
  identity: call.identity,
  readOnly: call.readOnly,
  signal,
  scope: call.scope,
  progress: (done) => call.progress(done),
});
