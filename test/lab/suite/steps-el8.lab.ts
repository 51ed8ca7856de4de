import { testSteps } from './steps.ts';

testSteps('el8');
