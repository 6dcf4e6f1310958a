import { Text } from '../../translation';
import { FollowUpGap } from './verdict';

/** What to do about a gap in the follow-ups. */
export function followUpGapWords(gap: FollowUpGap, t: Text): string {
  switch (gap) {
    case 'followUps':
      return t('review.needFollowUp');
    case 'followUpOwner':
      return t('review.needFollowUpOwner');
    default:
      return t('review.needFollowUpTitle');
  }
}
