// @ts-check
/**
 * Who may use the endpoint that the stack makes: the Lambdas' groups, and the ranges that the deployer lists.
 * @param {(string | object)[]} securityGroups of the Lambdas
 * @param {string[]} cidrs
 * @returns {Record<string, object>}
 */
function endpointIngress(securityGroups, cidrs) {
  const sources = [
    ...securityGroups.map((group) => ({ SourceSecurityGroupId: group, Description: 'Rotation Lambdas' })),
    ...cidrs.map((range) => ({ CidrIp: range, Description: 'Further users of Secrets Manager' })),
  ];
  return Object.fromEntries(
    sources.map((source, index) => [
      `EndpointIngress${index + 1}`,
      {
        Type: 'AWS::EC2::SecurityGroupIngress',
        Properties: {
          GroupId: { Ref: 'EndpointSecurityGroup' },
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          ...source,
        },
      },
    ]),
  );
}

module.exports = { endpointIngress };
