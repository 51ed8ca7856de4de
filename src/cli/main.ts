#!/usr/bin/env node
import { main } from './cli.ts';
import { processIo } from './terminal/process-io.ts';

void main(process.argv.slice(2), processIo()).then((code) => {
  process.exitCode = code;
});
