export { FollowUps } from './FollowUps';
export { FollowUpsOf } from './FollowUpsOf';
