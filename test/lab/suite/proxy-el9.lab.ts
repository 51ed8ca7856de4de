import { testProxy } from './proxy.ts';

testProxy('el9');
