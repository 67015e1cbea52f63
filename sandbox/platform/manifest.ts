/** The app's manifest as the platform needs it. Read from the same file that is deployed. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export type AttributeType = 'string' | 'integer' | 'float' | 'boolean' | 'any';

export interface EntityIndex {
  name: string;
  partition: string[];
  range: string[];
}

export interface EntitySchema {
  name: string;
  attributes: Map<string, AttributeType>;
  indexes: Map<string, EntityIndex>;
}

export interface ManifestModule {
  key: string;
  type: string;
  /** The function behind the module: of a UI module the resolver's. */
  function?: string;
  /** The module as the manifest spells it. */
  source: Record<string, unknown>;
}

export interface ManifestFunction {
  key: string;
  handler: string;
  timeoutSeconds?: number;
}

export interface Manifest {
  /** The UUID part of the app's ARI. */
  appId: string;
  memoryMB: number;
  scopes: Map<string, { allowImpersonation: boolean }>;
  entities: Map<string, EntitySchema>;
  egress: { declared: string[]; configurable: boolean };
  external: unknown;
  functions: Map<string, ManifestFunction>;
  /** All modules but functions, by key: keys are unique over all types. */
  modules: Map<string, ManifestModule>;
  resources: Record<string, unknown>[];
}

interface RawManifest {
  app: {
    id: string;
    runtime?: { memoryMB?: number };
    storage?: { entities?: RawEntity[] };
  };
  permissions?: {
    scopes?: string[] | Record<string, { allowImpersonation?: boolean } | null>;
    external?: {
      fetch?: { backend?: Array<string | { address?: string }> };
      configurable?: { enabled?: boolean };
    };
  };
  modules: Record<string, Array<Record<string, unknown>>>;
  resources?: Record<string, unknown>[];
}

interface RawEntity {
  name: string;
  attributes: Record<string, { type: AttributeType }>;
  indexes?: Array<string | { name: string; partition?: string[]; range?: string[] }>;
}

const cache = new Map<string, Manifest>();

/** Parsed once per file and process: tests create hundreds of worlds. */
export function loadManifest(file: string): Manifest {
  const text = readFileSync(file, 'utf8');
  const known = cache.get(text);
  if (known) return known;
  const manifest = readManifest(parse(text) as RawManifest);
  cache.set(text, manifest);
  return manifest;
}

function readManifest(raw: RawManifest): Manifest {
  const functions = new Map<string, ManifestFunction>();
  const modules = new Map<string, ManifestModule>();
  for (const [type, entries] of Object.entries(raw.modules)) {
    for (const source of entries) {
      const key = String(source['key']);
      if (functions.has(key) || modules.has(key)) throw new Error(`manifest: key ${key} is used twice`);
      if (type === 'function') functions.set(key, source as unknown as ManifestFunction);
      else modules.set(key, { key, type, source, ...functionOf(source) });
    }
  }
  for (const module of modules.values())
    if (module.function !== undefined && !functions.has(module.function))
      throw new Error(`manifest: ${module.key} names the unknown function ${module.function}`);
  return {
    appId: raw.app.id.split('/').pop() ?? raw.app.id,
    memoryMB: raw.app.runtime?.memoryMB ?? 512,
    scopes: readScopes(raw),
    entities: new Map((raw.app.storage?.entities ?? []).map((entity) => [entity.name, readEntity(entity)])),
    egress: {
      declared: (raw.permissions?.external?.fetch?.backend ?? [])
        .map((entry) => (typeof entry === 'string' ? entry : entry.address))
        .filter((address): address is string => address !== undefined),
      configurable: raw.permissions?.external?.configurable?.enabled === true,
    },
    external: raw.permissions?.external ?? {},
    functions,
    modules,
    resources: raw.resources ?? [],
  };
}

function functionOf(source: Record<string, unknown>): { function?: string } {
  const resolver = source['resolver'] as { function?: string } | undefined;
  const name = resolver?.function ?? source['function'];
  return typeof name === 'string' ? { function: name } : {};
}

function readScopes(raw: RawManifest): Manifest['scopes'] {
  const scopes = raw.permissions?.scopes ?? [];
  return new Map(
    Array.isArray(scopes)
      ? scopes.map((name) => [name, { allowImpersonation: false }])
      : Object.entries(scopes).map(([name, rule]) => [name, { allowImpersonation: rule?.allowImpersonation === true }]),
  );
}

function readEntity(raw: RawEntity): EntitySchema {
  const attributes = new Map(Object.entries(raw.attributes).map(([name, { type }]) => [name, type]));
  const indexes = (raw.indexes ?? []).map((index): EntityIndex =>
    typeof index === 'string'
      ? { name: index, partition: [], range: [index] }
      : { name: index.name, partition: index.partition ?? [], range: index.range ?? [] },
  );
  for (const index of indexes)
    for (const attribute of [...index.partition, ...index.range])
      if (!attributes.has(attribute))
        throw new Error(`manifest: index ${raw.name}.${index.name} names the undeclared attribute ${attribute}`);
  return { name: raw.name, attributes, indexes: new Map(indexes.map((index) => [index.name, index])) };
}

export function modulesOfType(manifest: Manifest, type: string): ManifestModule[] {
  return [...manifest.modules.values()].filter((module) => module.type === type);
}
