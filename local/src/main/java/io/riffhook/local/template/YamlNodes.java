package io.riffhook.local.template;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Turns YAML into nodes. CloudFormation's short tags and long names ({@code Fn::Sub}) become calls
 * alike.
 */
final class YamlNodes {
  private YamlNodes() {}

  static Node read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file)) {
      return node(new Yaml(new SafeConstructor(new LoaderOptions())).compose(reader));
    } catch (YAMLException e) {
      throw new TemplateException(file + ": " + e.getMessage());
    }
  }

  private static Node node(org.yaml.snakeyaml.nodes.Node yaml) {
    Node plain =
        switch (yaml) {
          case ScalarNode scalar -> new Node.Text(scalar.getValue());
          case SequenceNode items ->
              new Node.Items(items.getValue().stream().map(YamlNodes::node).toList());
          case MappingNode mapping -> fields(mapping);
          default -> throw new TemplateException("unexpected " + yaml.getStartMark());
        };
    String tag = yaml.getTag().getValue();
    return tag.startsWith("!") ? new Node.Call(tag.substring(1), plain) : plain;
  }

  private static Node fields(MappingNode mapping) {
    Map<String, Node> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String name = node(tuple.getKeyNode()).asText();
      if (fields.put(name, node(tuple.getValueNode())) != null) {
        throw new TemplateException(name + " is there twice" + tuple.getKeyNode().getStartMark());
      }
    }
    if (fields.size() == 1) {
      Map.Entry<String, Node> only = fields.entrySet().iterator().next();
      if (only.getKey().equals("Ref") || only.getKey().startsWith("Fn::")) {
        return new Node.Call(only.getKey().replace("Fn::", ""), only.getValue());
      }
    }
    return new Node.Fields(fields);
  }
}
