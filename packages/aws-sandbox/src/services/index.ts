import { athena } from './athena';
import { cloudtrail } from './cloudtrail';
import { ec2 } from './ec2';
import { iam } from './iam';
import { Service } from './Operation';
import { s3 } from './s3';
import { secretsmanager } from './secretsmanager';
import { sts } from './sts';

/** Every service of the sandbox, by the name in a signature's scope. */
export const services: ReadonlyMap<string, Service> = new Map(
  [sts, iam, s3, secretsmanager, ec2, cloudtrail, athena].map(service => [
    service.name,
    service,
  ]),
);
