/** The address ranges of a network, in the order of the file: several for dual stack or routed leaves. */
export function cidrsOf(network: { readonly cidr?: string } | undefined): readonly string[] {
  return network?.cidr === undefined ? [] : [network.cidr];
}
