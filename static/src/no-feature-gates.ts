/**
 * Stands in for Atlaskit's feature-gate client: outside Atlassian's own products nobody starts it, every gate is closed
 * and every experiment has its default. Without it 20 KB of a telemetry client would travel with each screen.
 */
const gates = {
  checkGate: () => false,
  initializeCompleted: () => false,
  getExperimentValue: <T>(_experiment: string, _parameter: string, fallback: T): T => fallback,
};

export default gates;
