/** Warning for a person whose own leases wait for a review that is overdue; none where nothing does. */
export function debtWarning(
  overdueReviews: number,
): Array<{ code: string; message: string }> {
  if (overdueReviews === 0) {
    return [];
  }
  return [
    {
      code: 'review-debt',
      message: `${
        overdueReviews === 1
          ? 'The review of one of your leases is'
          : `The reviews of ${overdueReviews} of your leases are`
      } overdue. Ask the reviewers to finish.`,
    },
  ];
}
