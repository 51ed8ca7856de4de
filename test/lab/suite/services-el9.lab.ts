import { proveServices } from './services.ts';

proveServices('el9');
