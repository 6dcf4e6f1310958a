export { PolicyProofs } from './PolicyProofs';
export type { PolicyFinding, PolicySafety } from './PolicyProofs';
