/**
 * How a workflow names a rule of an app: an extension ARI with the ids of app and environment that ends in the module's
 * key, as in the example of the operation "Get available workflow capabilities".
 */
export const appIdOf = (moduleKey: string): string =>
  `ari:cloud:ecosystem::extension/7b0c3f4e-2a55-4d18-9c41-0d6f5a1e8b27/5c8e2d1f-3b7a-4c96-a1d4-0e9f8b7c6d5a/static/${moduleKey}`;
