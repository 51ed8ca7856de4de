import { networkSh } from '../../shell/network.sh.ts';
import { scriptFrom } from '../common/from-file.ts';
import { networkServiceSh } from './network-service.sh.ts';

export const script = scriptFrom(
  networkServiceSh,
  ({ node }) => ({ network_service_address: node.address ?? '' }),
  [networkSh],
);
