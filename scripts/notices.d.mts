/** The part of an esbuild metafile that is used. */
export interface BundleReport {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}

export function thirdPartyNotices(root: string, metafiles: readonly BundleReport[]): string;
