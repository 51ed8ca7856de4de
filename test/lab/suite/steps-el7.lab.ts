import { testSteps } from './steps.ts';

testSteps('el7');
