"""Expands a SAM template as CloudFormation would and prints it as JSON; exits with an error where it does not expand.

Knows no AWS account and calls nothing: what the translator would ask of AWS (its managed policies) is given.
"""

import json
import sys

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

MANAGED_POLICIES = {
    name: "arn:aws:iam::aws:policy/service-role/" + name
    for name in ("AWSLambdaBasicExecutionRole", "AWSLambdaSQSQueueExecutionRole")
}


class ManagedPolicies:
    def load(self):
        return MANAGED_POLICIES


def main(path):
    with open(path, encoding="utf-8") as file:
        template = yaml_parse(file)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            # The translator takes only what `sam package` leaves: an address in S3.
            resource["Properties"]["CodeUri"] = "s3://packages/" + resource["Properties"]["CodeUri"]
    translator = Translator(MANAGED_POLICIES, Parser())
    json.dump(translator.translate(template, {}), sys.stdout, indent=1, sort_keys=True)


if __name__ == "__main__":
    main(sys.argv[1])
