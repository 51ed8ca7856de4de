import { testServices } from './services.ts';

testServices('el9');
