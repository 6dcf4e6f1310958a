import { recordedInput } from '../input';
import { Call, Demand, Operation, Result } from '../Operation';

/** Where IAM's calls are recorded: one region per partition. */
export function iamRegion(partition: string): string {
  const regions: Record<string, string> = {
    'aws-us-gov': 'us-gov-west-1',
    'aws-cn': 'cn-north-1',
  };
  return regions[partition] ?? 'us-east-1';
}

/** What one IAM operation adds to what they all share. */
export interface IamOperation {
  readOnly?: boolean;
  /** What it acts on, for authorization. */
  target(call: Call): Pick<Demand, 'resource' | 'label' | 'context'>;
  run(call: Call): Result;
}

/** Makes an operation of IAM; its action is `iam:<name>`. */
export function iamOperation(name: string, spec: IamOperation): Operation {
  return {
    readOnly: spec.readOnly ?? false,
    demands: call => [{ action: `iam:${name}`, ...spec.target(call) }],
    run: spec.run,
    requestParameters: call => {
      const parameters = recordedInput(call.input);
      if (typeof parameters.setAsDefault === 'string') {
        parameters.setAsDefault = parameters.setAsDefault === 'true';
      }
      return parameters;
    },
    region: call => iamRegion(call.caller.partition),
  };
}
