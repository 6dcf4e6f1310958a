export { explainReview } from './explainReview';
export type { ReviewFacts } from './explainReview';
export { ReviewService } from './ReviewService';
export type { ReviewDependencies } from './ReviewService';
