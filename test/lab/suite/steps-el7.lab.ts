import { proveSteps } from './steps.ts';

proveSteps('el7');
