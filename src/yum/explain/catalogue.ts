import { dependencyFailures } from './dependencies.ts';
import { interruptions } from './interruptions.ts';
import { policyFailures } from './keys.ts';
import type { KnownFailure } from './known-failure.ts';
import { lockFailures } from './locks.ts';
import { metadataFailures } from './metadata.ts';
import { mirrorFailures } from './mirrors.ts';
import { networkFailures } from './network.ts';
import { packageFailures } from './packages.ts';
import { packstackFailures, packstackReports } from './packstack.ts';
import { packstackStops } from './packstack-stops.ts';
import { puppetFailures } from './puppet.ts';
import { repositoryFailures } from './repositories.ts';
import { signatureFailures } from './signatures.ts';
import { subscriptionFailures } from './subscription.ts';
import { systemFailures } from './system.ts';
import { tlsFailures } from './tls.ts';
import { transactionFailures } from './transaction.ts';
import { unpackingFailures } from './unpacking.ts';
import { yum3Failures } from './yum3.ts';

/** Known failures by subject; specific ones come before general ones. */
export const failureGroups: readonly (readonly KnownFailure[])[] = [
  yum3Failures,
  mirrorFailures,
  metadataFailures,
  tlsFailures,
  networkFailures,
  packstackStops,
  packstackFailures,
  interruptions,
  subscriptionFailures,
  systemFailures,
  policyFailures,
  signatureFailures,
  packageFailures,
  dependencyFailures,
  unpackingFailures,
  transactionFailures,
  lockFailures,
  repositoryFailures,
  puppetFailures,
  packstackReports,
];

/** All failures that can be recognized by a line, specific ones first. */
export const knownFailures: readonly KnownFailure[] = failureGroups.flat();
