/**
 * The path of one log file below the trail's root, as CloudTrail names it:
 * `AWSLogs/<account>/CloudTrail/<region>/YYYY/MM/DD/<account>_CloudTrail_<region>_<YYYYMMDDTHHmm>Z_<16 letters>.json.gz`.
 *
 * @param deliveredAt - the instant of delivery in milliseconds; events of late evening can lie under the next day
 * @param unique - 16 letters and digits
 */
export function logFileName(
  accountId: string,
  region: string,
  deliveredAt: number,
  unique: string,
): string {
  const iso = new Date(deliveredAt).toISOString();
  const [year, month, day] = iso.slice(0, 10).split('-');
  const stamp = `${year}${month}${day}T${iso.slice(11, 13)}${iso.slice(
    14,
    16,
  )}Z`;
  const folder = `AWSLogs/${accountId}/CloudTrail/${region}/${year}/${month}/${day}`;
  return `${folder}/${accountId}_CloudTrail_${region}_${stamp}_${unique}.json.gz`;
}
