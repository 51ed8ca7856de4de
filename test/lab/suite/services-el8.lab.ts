import { testServices } from './services.ts';

testServices('el8');
