export { jiraTickets } from './jiraTickets';
export { pagerDutySchedule, plainSchedule } from './onCallSchedules';
export type { OnCallSchedule } from './onCallSchedules';
export { serviceNowTickets } from './serviceNowTickets';
export { lookupTarget } from './lookupTarget';
