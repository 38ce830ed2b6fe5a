/**
 * What is known is answered at once, what has to be asked for with a promise. A failure is a rejection either way, so
 * `await` treats both alike; only who is called thousands of times a second looks which it is.
 */
export type Answer<T> = T | Promise<T>;

/** Goes on with an answer, at once where it is there. */
export function after<T, R>(answer: Answer<T>, next: (value: T) => Answer<R>): Answer<R> {
  return answer instanceof Promise ? answer.then(next) : next(answer);
}

/** Runs `body`; what it throws becomes a rejection. */
export function answered<T>(body: () => Answer<T>): Answer<T> {
  try {
    return body();
  } catch (error) {
    return Promise.reject(error);
  }
}
