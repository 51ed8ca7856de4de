import { proveSteps } from './steps.ts';

proveSteps('el9');
