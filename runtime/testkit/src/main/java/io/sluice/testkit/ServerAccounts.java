package io.sluice.testkit;

import io.sluice.testkit.ServerSecurity.User;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The users of servers in the words of each generation. */
final class ServerAccounts {
  private static final String PROVIDERS = "org.apache.rocketmq.auth.";

  private ServerAccounts() {}

  /** {@code conf/plain_acl.yml} of 4.x. */
  static String plainAcl(ServerSecurity security) {
    String admin = security.administrator().map(user -> account(user, true)).orElse("");
    return security.others().stream()
        .map(user -> account(user, false))
        .collect(Collectors.joining("", "accounts:\n" + admin, ""));
  }

  private static String account(User user, boolean admin) {
    Map<String, String> topics = new LinkedHashMap<>();
    user.readable().forEach(name -> topics.put(name, "SUB"));
    user.writable().forEach(name -> topics.merge(name, "PUB", (sub, pub) -> "PUB|SUB"));
    return """
        - accessKey: %s
          secretKey: %s
          admin: %s
          defaultTopicPerm: DENY
          defaultGroupPerm: DENY
          topicPerms: [%s]
          groupPerms: [%s]
        """
        .formatted(
            user.key(),
            user.secret(),
            admin,
            topics.entrySet().stream()
                .map(topic -> topic.getKey() + "=" + topic.getValue())
                .collect(Collectors.joining(", ")),
            user.readable().stream().map(name -> name + "=SUB").collect(Collectors.joining(", ")))
        .indent(0);
  }

  /** Properties of a broker, for those generations that know them. */
  static Map<String, String> properties(ServerSecurity security) {
    Map<String, String> properties = new LinkedHashMap<>();
    security
        .administrator()
        .ifPresent(
            admin -> {
              properties.put("aclEnable", "true");
              for (String part : List.of("authentication", "authorization")) {
                String provider =
                    part.equals("authentication") ? "Authentication" : "Authorization";
                String classes = PROVIDERS + part + ".provider.";
                properties.put(part + "Enabled", "true");
                properties.put(part + "Provider", classes + "Default" + provider + "Provider");
                properties.put(
                    part + "MetadataProvider", classes + "Local" + provider + "MetadataProvider");
              }
              properties.put(
                  "initAuthenticationUser",
                  json("username", admin.key(), "password", admin.secret()));
              properties.put(
                  "innerClientAuthenticationCredentials",
                  json("accessKey", admin.key(), "secretKey", admin.secret()));
            });
    return properties;
  }

  /** Properties of a proxy, which asks its brokers who may do what. */
  static Map<String, String> proxyProperties(ServerSecurity security) {
    Map<String, String> properties = new LinkedHashMap<>(properties(security));
    properties.remove("aclEnable");
    if (properties.remove("initAuthenticationUser") != null) {
      properties.put("enableAclRpcHookForClusterMode", "true"); // its brokers want a key of it
    }
    for (String part : List.of("Authentication", "Authorization")) {
      properties.computeIfPresent(
          part.toLowerCase(Locale.ROOT) + "MetadataProvider",
          (name, local) -> "org.apache.rocketmq.proxy.auth.Proxy" + part + "MetadataProvider");
    }
    return properties;
  }

  /** Topics and groups that a user may use, as 5.x calls them, with what it may do there. */
  static Map<String, List<String>> resources(User user) {
    Map<String, List<String>> resources = new LinkedHashMap<>();
    user.readable().forEach(name -> resources.put("Topic:" + name, List.of("Sub", "Get")));
    user.readable().forEach(name -> resources.put("Group:" + name, List.of("Sub", "Get")));
    user.writable()
        .forEach(
            name ->
                resources.merge(
                    "Topic:" + name,
                    List.of("Pub"),
                    (some, more) -> Stream.concat(some.stream(), more.stream()).toList()));
    return resources;
  }

  private static String json(String firstKey, String first, String secondKey, String second) {
    return "{\"%s\":\"%s\",\"%s\":\"%s\"}".formatted(firstKey, first, secondKey, second);
  }
}
