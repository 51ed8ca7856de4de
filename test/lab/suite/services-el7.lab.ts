import { testServices } from './services.ts';

testServices('el7');
