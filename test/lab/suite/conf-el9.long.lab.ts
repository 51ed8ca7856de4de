import { testConf } from './conf.ts';

testConf('el9');
