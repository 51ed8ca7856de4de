import { proveServices } from './services.ts';

proveServices('el7');
