/** API versions that some services write behind the name: `CreateFunction20150331v2`. */
const VERSION = /(\d{8}(v\d+)?|\d{4}_\d{2}_\d{2})$/;

/** Name of a call without the version of the API, e.g. `CreateFunction`. */
export function plainEventName(eventName: string): string {
  return eventName.replace(VERSION, '');
}
