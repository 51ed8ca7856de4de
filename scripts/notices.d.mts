/** The part of an output in an esbuild metafile that is used. */
export interface BundleContents {
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
}

export interface BundledPackage {
  /** Its name and version. */
  readonly title: string;
  /** Its folder, relative to the project. */
  readonly path: string;
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export function bundledPackages(root: string, outputs: readonly BundleContents[]): readonly BundledPackage[];
export function thirdPartyNotices(packages: readonly BundledPackage[]): string;
