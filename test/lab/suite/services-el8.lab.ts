import { proveServices } from './services.ts';

proveServices('el8');
