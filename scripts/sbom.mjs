// The bill of materials (CycloneDX 1.6) of the bundled packages.
import { Contrib, Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import { PackageURL } from 'packageurl-js';

const { ComponentBuilder } = Contrib.FromNodePackageJson.Builders;
const { ExternalReferenceFactory } = Contrib.FromNodePackageJson.Factories;
const licenses = new Contrib.License.Factories.LicenseFactory();
const builder = new ComponentBuilder(new ExternalReferenceFactory(), licenses);

function purlOf(name, version) {
  const [, scope, plain] = /^(?:(@[^/]+)\/)?(.+)$/.exec(name);
  return new PackageURL('npm', scope, plain, version, undefined, undefined).toString();
}

/** A component for a package.json, with the checksum that the lock file has for it. */
function componentOf(manifest, type, integrity) {
  const component = builder.makeComponent(manifest, type);
  component.purl = purlOf(manifest.name, manifest.version);
  component.bomRef.value = component.purl;
  if (integrity) {
    const [algorithm, hash] = Contrib.FromNodePackageJson.Utils.parsePackageIntegrity(integrity);
    component.hashes.set(algorithm, hash);
  }
  return component;
}

/**
 * The bill as JSON. `artifacts` has the bundled packages of each artifact by its name; a component names the artifacts that
 * contain it. `lock` is the parsed package-lock.json.
 */
export function billOfMaterials(manifest, artifacts, lock) {
  const own = componentOf(manifest, Enums.ComponentType.Application);
  const bom = new Models.Bom({ metadata: new Models.Metadata({ component: own }) });
  const components = new Map();
  for (const [artifact, packages] of Object.entries(artifacts))
    for (const { title, path, manifest: inner } of packages) {
      const integrity = lock.packages[path]?.integrity;
      const component = components.get(title) ?? componentOf(inner, Enums.ComponentType.Library, integrity);
      component.properties.add(new Models.Property('stackprep:artifact', artifact));
      components.set(title, component);
    }
  for (const component of components.values()) {
    bom.components.add(component);
    own.dependencies.add(component.bomRef);
  }
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}
