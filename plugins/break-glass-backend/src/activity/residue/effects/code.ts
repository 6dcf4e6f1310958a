import { Effects, orElse, pairs } from '../effect';
import { qualifierOf } from '../functionQualifier';

/** Code and machines that run later, with rights of their own. */
export const code: Effects = {
  ...pairs([
    {
      kind: 'code',
      type: 'function',
      makes: ['lambda:CreateFunction'],
      removes: ['lambda:DeleteFunction'],
      by: ['functionName'],
      whole: call => qualifierOf(call) === '',
      what: ([name]) => `Function ${name}`,
    },
    {
      kind: 'code',
      type: 'function',
      below: ['code'],
      makes: ['lambda:UpdateFunctionCode'],
      by: ['functionName'],
      what: ([name]) => `Code of function ${name}`,
    },
    {
      kind: 'code',
      type: 'function',
      below: ['configuration'],
      makes: ['lambda:UpdateFunctionConfiguration'],
      by: ['functionName'],
      what: ([name]) => `Configuration of function ${name}`,
    },
    {
      kind: 'code',
      type: 'layer',
      makes: ['lambda:PublishLayerVersion'],
      removes: ['lambda:DeleteLayerVersion'],
      by: ['layerName', 'version'],
      what: ([layer, version]) => `Version ${version} of layer ${layer}`,
    },
    {
      kind: 'code',
      type: 'stack',
      makes: [
        'cloudformation:CreateStack',
        'cloudformation:UpdateStack',
        'cloudformation:ExecuteChangeSet',
      ],
      removes: ['cloudformation:DeleteStack'],
      by: ['stackName'],
      whole: call =>
        call.texts('retainResources').length === 0 &&
        (call.text('deletionMode') ?? 'STANDARD') === 'STANDARD',
      what: ([stack]) => `CloudFormation stack ${stack}`,
    },
    {
      kind: 'code',
      type: 'stack-set',
      makes: ['cloudformation:CreateStackSet', 'cloudformation:UpdateStackSet'],
      removes: ['cloudformation:DeleteStackSet'],
      by: ['stackSetName'],
      what: ([set]) => `CloudFormation stack set ${set}`,
    },
    {
      kind: 'code',
      type: 'task-definition',
      makes: ['ecs:RegisterTaskDefinition'],
      removes: ['ecs:DeregisterTaskDefinition'],
      by: ['taskDefinitionArn'],
      what: ([name]) => `Task definition ${name}`,
    },
    {
      kind: 'code',
      type: 'service',
      makes: ['ecs:CreateService'],
      removes: ['ecs:DeleteService'],
      by: [orElse('cluster', 'default'), 'serviceName'],
      what: ([, service]) => `Container service ${service}`,
    },
    {
      kind: 'code',
      type: 'state-machine',
      makes: ['states:CreateStateMachine', 'states:UpdateStateMachine'],
      removes: ['states:DeleteStateMachine'],
      by: ['stateMachineArn'],
      what: ([machine]) => `State machine ${machine}`,
    },
    {
      kind: 'code',
      type: 'build-project',
      makes: ['codebuild:CreateProject', 'codebuild:UpdateProject'],
      removes: ['codebuild:DeleteProject'],
      by: ['name'],
      what: ([name]) => `Build project ${name}`,
    },
    {
      kind: 'code',
      type: 'glue-endpoint',
      makes: ['glue:CreateDevEndpoint'],
      removes: ['glue:DeleteDevEndpoint'],
      by: ['endpointName'],
      what: ([name]) => `Glue development endpoint ${name}`,
    },
    {
      kind: 'code',
      type: 'glue-job',
      makes: ['glue:CreateJob', 'glue:UpdateJob'],
      removes: ['glue:DeleteJob'],
      by: [call => call.text('jobName') ?? call.text('name')],
      what: ([name]) => `Glue job ${name}`,
    },
    {
      kind: 'code',
      type: 'notebook',
      makes: ['sagemaker:CreateNotebookInstance'],
      removes: ['sagemaker:DeleteNotebookInstance'],
      by: ['notebookInstanceName'],
      what: ([name]) => `Notebook ${name}`,
    },
    {
      kind: 'code',
      type: 'launch-template',
      makes: ['ec2:CreateLaunchTemplate', 'ec2:CreateLaunchTemplateVersion'],
      removes: ['ec2:DeleteLaunchTemplate'],
      by: ['launchTemplateId'],
      what: ([id]) => `Launch template ${id}`,
    },
    {
      kind: 'code',
      type: 'association',
      makes: ['ssm:CreateAssociation'],
      removes: ['ssm:DeleteAssociation'],
      by: ['associationId'],
      what: ([id]) => `Association ${id}, which runs commands on machines`,
    },
  ]),
  'ec2:RunInstances': call => ({
    made: call.texts('instanceId').map(id => ({
      kind: 'code',
      path: ['instance', id],
      what: `Instance ${id}`,
      resource: id,
    })),
  }),
  'ec2:TerminateInstances': call => ({
    removed: call.texts('instanceId').map(id => ['instance', id]),
  }),
  'ec2:ModifyInstanceAttribute': call =>
    call.asked('userData') === undefined
      ? {}
      : {
          made: [
            {
              kind: 'code',
              path: ['instance', call.text('instanceId') ?? 'unknown', 'start'],
              what: `What instance ${
                call.text('instanceId') ?? 'unknown'
              } runs at its start`,
              resource: call.text('instanceId') ?? 'unknown',
            },
          ],
        },
};
