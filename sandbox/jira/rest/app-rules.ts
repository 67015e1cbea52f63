/** How a workflow names a rule of an app: an extension ARI that ends in the module's key. */
export const appIdOf = (moduleKey: string): string =>
  `ari:cloud:ecosystem::extension/7b0c3f4e-2a55-4d18-9c41-0d6f5a1e8b27/static/${moduleKey}`;
