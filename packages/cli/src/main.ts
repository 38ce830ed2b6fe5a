#!/usr/bin/env node
import own from '@virtkit/cli/package.json' with { type: 'json' };
import { run } from './run.js';

process.exitCode = await run(
  process.argv.slice(2),
  {
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
  },
  { version: own.version },
);
