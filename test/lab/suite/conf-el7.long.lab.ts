import { testConf } from './conf.ts';

testConf('el7');
