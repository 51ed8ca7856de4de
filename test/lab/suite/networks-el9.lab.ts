import { testNetworks } from './networks.ts';

testNetworks('el9');
