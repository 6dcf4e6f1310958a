import { requestIs, requests } from '../conditions';
import { SensitiveRule } from '../SensitiveRule';

/** Parameters by which a role is handed to something that runs with it. */
const ROLE_HANDED_ON =
  /"(?:iamInstanceProfile|role|roleArn|taskRoleArn|executionRoleArn|serviceRole|serviceRoleArn)":(?:"[^"]|\{"(?:name|arn)":")/i;

/** How one gets from here to somewhere else. */
export const movement: SensitiveRule[] = [
  {
    id: 'remote-shell',
    title: 'Way into a machine',
    why: 'It opens a way into a machine; what is done there is not in these logs.',
    cases: [
      {
        events: [
          'ssm:StartSession',
          'ssm:ResumeSession',
          'ssm:SendCommand',
          'ssm:StartAutomationExecution',
          'ecs:ExecuteCommand',
          'ec2-instance-connect:SendSSHPublicKey',
          'ec2-instance-connect:SendSerialConsoleSSHPublicKey',
          'ec2-instance-connect:OpenTunnel',
          'ec2:EnableSerialConsoleAccess',
          'eks:AccessKubernetesApi',
          'cloudshell:CreateSession',
        ],
      },
    ],
  },
  {
    id: 'role-chaining',
    title: 'Another role assumed',
    why: 'It takes on another role, which the profile of the lease does not limit.',
    cases: [{ events: ['sts:AssumeRole*', 'signin:SwitchRole'] }],
  },
  {
    id: 'role-passing',
    title: 'Role handed on',
    why: 'It hands a role to something that then runs with the rights of it.',
    cases: [
      {
        events: [
          'ec2:RunInstances',
          'lambda:CreateFunction',
          'lambda:UpdateFunctionConfiguration',
          'cloudformation:CreateStack',
          'cloudformation:UpdateStack',
          'ecs:RegisterTaskDefinition',
          'ecs:RunTask',
          'glue:CreateDevEndpoint',
          'glue:UpdateDevEndpoint',
          'glue:CreateJob',
          'codebuild:CreateProject',
          'states:CreateStateMachine',
          'scheduler:CreateSchedule',
          'sagemaker:CreateNotebookInstance',
          'datapipeline:CreatePipeline',
        ],
        only: 'a role in the request',
        when: requests(ROLE_HANDED_ON),
      },
      {
        events: [
          'ec2:AssociateIamInstanceProfile',
          'ec2:ReplaceIamInstanceProfileAssociation',
        ],
      },
    ],
  },
  {
    id: 'code-change',
    title: 'Code or trigger placed',
    why: 'It places code that runs later, with rights of its own, or what starts it.',
    cases: [
      {
        events: [
          'lambda:CreateFunction',
          'lambda:UpdateFunctionCode',
          'lambda:UpdateFunctionConfiguration',
          'lambda:CreateEventSourceMapping',
          'lambda:UpdateEventSourceMapping',
          'lambda:PublishLayerVersion',
          'cloudfront:CreateFunction',
          'cloudfront:PublishFunction',
          'appsync:UpdateResolver',
          'events:PutRule',
          'events:PutTargets',
          'scheduler:CreateSchedule',
          'ecs:CreateService',
          'glue:CreateDevEndpoint',
          'cloudformation:CreateStack',
          'cloudformation:UpdateStack',
          'ssm:CreateAssociation',
        ],
      },
      {
        events: ['ec2:ModifyInstanceAttribute'],
        only: 'what the instance runs at its start',
        when: requestIs(
          request =>
            typeof request === 'object' &&
            request !== null &&
            'userData' in request,
        ),
      },
    ],
  },
];
