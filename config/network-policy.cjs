// @ts-check
/**
 * What a Lambda in a VPC needs to attach itself to it. None of these actions can be limited to one network
 * interface before it exists (Lambda developer guide, "Giving Lambda functions access to resources in a VPC").
 */
const ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * Everywhere, because a network interface has no ARN before it is made. Lambda itself uses these actions, so the
 * code of the functions is denied them ("Security best practices", same page).
 * @param {string[]} functionArns for Fn::Sub
 */
const networkPolicy = (functionArns) => ({
  PolicyName: 'network',
  PolicyDocument: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ACTIONS, Resource: '*' },
      {
        Effect: 'Deny',
        Action: ACTIONS,
        Resource: '*',
        Condition: {
          ArnEquals: { 'lambda:SourceFunctionArn': functionArns.map((arn) => ({ 'Fn::Sub': arn })) },
        },
      },
    ],
  },
});

module.exports = { networkPolicy };
