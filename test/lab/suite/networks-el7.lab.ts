import { testNetworks } from './networks.ts';

testNetworks('el7');
