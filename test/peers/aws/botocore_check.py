"""Calls the AWS sandbox with boto3 and holds every answer against botocore's published service model.

usage: botocore_check.py ENDPOINT      prints one JSON object: {"calls": [...], "violations": [...]}
"""

import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = sys.argv[1]
REGION = "eu-central-1"
ACCOUNT, OTHER = "111122223333", "444455556666"
calls, violations = [], []


def scalar_is_right(shape, value):
    name = shape.type_name
    if name in ("string", "blob"):
        return isinstance(value, str)
    if name == "boolean":
        return isinstance(value, bool)
    if name in ("integer", "long"):
        return isinstance(value, int) and not isinstance(value, bool)
    if name in ("float", "double"):
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if name == "timestamp":
        return isinstance(value, (int, float)) or (isinstance(value, str) and value != "")
    return False


def check(shape, value, where):
    """What of a parsed JSON body the model does not know, or knows to be another type."""
    if value is None:
        return
    if shape.type_name == "structure":
        if not isinstance(value, dict):
            violations.append(f"{where}: {type(value).__name__} instead of a structure")
            return
        names = {member.serialization.get("name", key): member for key, member in shape.members.items()}
        for key, inner in value.items():
            if key not in names:
                violations.append(f"{where}.{key}: the model has no such member")
            else:
                check(names[key], inner, f"{where}.{key}")
        for key in shape.required_members:
            name = shape.members[key].serialization.get("name", key)
            if name not in value:
                violations.append(f"{where}.{name}: required and missing")
    elif shape.type_name == "list":
        if not isinstance(value, list):
            violations.append(f"{where}: {type(value).__name__} instead of a list")
            return
        for index, inner in enumerate(value):
            check(shape.member, inner, f"{where}[{index}]")
    elif shape.type_name == "map":
        for key, inner in value.items():
            check(shape.value, inner, f"{where}.{key}")
    elif not scalar_is_right(shape, value):
        violations.append(f"{where}: {value!r} instead of {shape.type_name}")
    elif getattr(shape, "enum", None) and value not in shape.enum:
        violations.append(f"{where}: {value!r} is none of the published values")


def before_parse(operation_model, response_dict, **_):
    service = operation_model.service_model
    where = f"{service.service_name}.{operation_model.name}"
    calls.append(f"{where} {response_dict['status_code']}")
    if response_dict["status_code"] >= 300 or operation_model.output_shape is None:
        return
    if service.metadata["protocol"] in ("json", "rest-json"):
        check(operation_model.output_shape, json.loads(response_dict["body"] or b"{}"), where)


def session_of(**keys):
    session = boto3.Session(region_name=REGION, **keys)
    session.events.register("before-parse", before_parse)
    return session


def client(session, service, region=REGION):
    return session.client(
        service, region_name=region, endpoint_url=ENDPOINT, config=Config(retries={"max_attempts": 1})
    )


def expect(error, code):
    """The call has to be refused with this code."""
    try:
        error()
    except ClientError as refusal:
        actual = refusal.response["Error"]["Code"]
        if actual != code:
            violations.append(f"{refusal.operation_name}: refused with {actual} instead of {code}")
        return
    violations.append(f"a call was answered that should be refused with {code}")


def keys_of(account):
    return {"aws_access_key_id": f"AKIA{account}", "aws_secret_access_key": "sandbox-secret"}


def pages(client_, operation, **arguments):
    return [page for page in client_.get_paginator(operation).paginate(**arguments)]


def check_config(session):
    config = client(session, "config")
    config.describe_configuration_recorders()
    config.describe_configuration_recorder_status()
    every = "SELECT *, configuration, supplementaryConfiguration, tags WHERE resourceType = 'AWS::SQS::Queue'"
    listed = pages(config, "select_resource_config", Expression=every, PaginationConfig={"PageSize": 2})
    found = [json.loads(row) for page in listed for row in page["Results"]]
    if len(found) != 5 or len(listed) < 3:
        violations.append(f"SelectResourceConfig: {len(found)} rows on {len(listed)} pages instead of 5 on 3")
    pages(config, "list_discovered_resources", resourceType="AWS::SQS::Queue")
    keys = [{"resourceType": row["resourceType"], "resourceId": row["resourceId"]} for row in found]
    batch = config.batch_get_resource_config(
        resourceKeys=[*keys, {"resourceType": "AWS::SQS::Queue", "resourceId": "none"}]
    )
    if len(batch["baseConfigurationItems"]) != 5 or len(batch["unprocessedResourceKeys"]) > 1:
        violations.append("BatchGetResourceConfig: not the five items that exist")
    aggregated = pages(
        config, "select_aggregate_resource_config", ConfigurationAggregatorName="all", Expression=every
    )
    accounts = {json.loads(row)["accountId"] for page in aggregated for row in page["Results"]}
    if accounts != {ACCOUNT, OTHER}:
        violations.append(f"SelectAggregateResourceConfig: rows of {sorted(accounts)}")
    config.describe_configuration_aggregator_sources_status(ConfigurationAggregatorName="all")
    expect(lambda: config.select_resource_config(Expression="SELECT"), "InvalidExpressionException")
    expect(
        lambda: config.select_resource_config(Expression=every, NextToken="made-up"), "InvalidNextTokenException"
    )
    expect(
        lambda: config.select_aggregate_resource_config(
            ConfigurationAggregatorName="none", Expression=every
        ),
        "NoSuchConfigurationAggregatorException",
    )


def check_accounts(session):
    sts = client(session, "sts")
    if sts.get_caller_identity()["Account"] != ACCOUNT:
        violations.append("GetCallerIdentity: another account")
    role = {"RoleArn": f"arn:aws:iam::{OTHER}:role/reader", "RoleSessionName": "peer"}
    expect(lambda: sts.assume_role(**role), "AccessDenied")
    expect(lambda: sts.assume_role(**role, ExternalId="wrong"), "AccessDenied")
    given = sts.assume_role(**role, ExternalId="right")["Credentials"]
    assumed = session_of(
        aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"],
        aws_session_token=given["SessionToken"],
    )
    if client(assumed, "sts").get_caller_identity()["Account"] != OTHER:
        violations.append("AssumeRole: credentials of another account")
    listed = pages(client(session, "organizations", "us-east-1"), "list_accounts")
    if [account["Id"] for page in listed for account in page["Accounts"]] != [ACCOUNT, OTHER]:
        violations.append("ListAccounts: other accounts")
    regions = pages(client(session, "account", "us-east-1"), "list_regions")
    if REGION not in [region["RegionName"] for page in regions for region in page["Regions"]]:
        violations.append("ListRegions: the region of the estate is missing")
    stranger = session_of(aws_access_key_id="AKIA999999999999", aws_secret_access_key="x")
    expect(lambda: client(stranger, "sts").get_caller_identity(), "InvalidClientTokenId")


def check_others(session):
    control = client(session, "cloudcontrol")
    listed = pages(control, "list_resources", TypeName="AWS::SSM::Parameter")
    for page in listed:
        for one in page["ResourceDescriptions"]:
            json.loads(one["Properties"])
    control.get_resource(TypeName="AWS::SSM::Parameter", Identifier="/shop/flag")
    expect(
        lambda: control.get_resource(TypeName="AWS::SSM::Parameter", Identifier="/none"),
        "ResourceNotFoundException",
    )
    trail = client(session, "cloudtrail")
    attribute = [{"AttributeKey": "ResourceName", "AttributeValue": "orders-1"}]
    events = [event for page in pages(trail, "lookup_events", LookupAttributes=attribute) for event in page["Events"]]
    if [event["EventName"] for event in events] != ["SetQueueAttributes"]:
        violations.append("LookupEvents: not the one event of the resource")
    for event in events:
        json.loads(event["CloudTrailEvent"])


session = session_of(**keys_of(ACCOUNT))
check_config(session)
check_accounts(session)
check_others(session)
print(json.dumps({"calls": calls, "violations": violations}))
