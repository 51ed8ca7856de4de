/** What is read of a metafile of esbuild. */
export interface BundleReport {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}

export function thirdPartyNotices(root: string, metafiles: readonly BundleReport[]): string;
