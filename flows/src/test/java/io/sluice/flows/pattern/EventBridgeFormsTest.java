package io.sluice.flows.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.DetachedRecord;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every operator and form of the pattern languages of Alibaba's and AWS's EventBridge, each with a
 * body that it matches and one that it does not. Apostrophes stand for quotes.
 */
class EventBridgeFormsTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "exact text           | ['acs.oss']                              | 'acs.oss'      | 'ACS.oss'",
        "exact number         | [300]                                    | 3.0e2          | '300'",
        "exact boolean        | [true]                                   | true           | 'true'",
        "null                 | [null]                                   | null           | ''",
        "empty text           | ['']                                     | ''             | null",
        "several values       | ['a', 'b', 3]                            | 3              | 'c'",
        "prefix               | [{'prefix':'acs.'}]                      | 'acs.oss'      | 'x.acs.'",
        "prefix, no case      | [{'prefix':{'equals-ignore-case':'AcS'}}] | 'aCs.oss'     | 'ac'",
        "suffix               | [{'suffix':'.jpg'}]                      | 'a.jpg'        | 'a.jpg2'",
        "suffix, no case      | [{'suffix':{'equals-ignore-case':'.JPG'}}] | 'a.jPg'      | 'a.png'",
        "contains             | [{'contains':'Normal'}]                  | 'is Normal.'   | 'is normal.'",
        "equals-ignore-case   | [{'equals-ignore-case':'Alice'}]         | 'aLICE'        | 'alice2'",
        "wildcard             | [{'wildcard':'dir/*.png'}]               | 'dir/a/b.png'  | 'dir.png'",
        "wildcard, escapes    | [{'wildcard':'a\\\\**'}]                 | 'a*b'          | 'ab'",
        "anything-but text    | [{'anything-but':'initializing'}]        | 'x'            | 'initializing'",
        "anything-but number  | [{'anything-but':123}]                   | 124            | 123.0",
        "anything-but texts   | [{'anything-but':['stopped','over']}]    | 'x'            | 'over'",
        "anything-but numbers | [{'anything-but':[100,200,300]}]         | 250            | 200",
        "anything-but prefix  | [{'anything-but':{'prefix':'init'}}]     | 'xinit'        | 'initial'",
        "any-but prefixes     | [{'anything-but':{'prefix':['a','b']}}]  | 'c'            | 'bc'",
        "anything-but suffix  | [{'anything-but':{'suffix':'.txt'}}]     | 'a.png'        | 'a.txt'",
        "any-but suffixes     | [{'anything-but':{'suffix':['a','b']}}]  | 'c'            | 'cb'",
        "anything-but no case | [{'anything-but':{'equals-ignore-case':'A'}}] | 'b'       | 'a'",
        "any-but no cases     | [{'anything-but':{'equals-ignore-case':['A','b']}}] | 'c' | 'B'",
        "anything-but wild    | [{'anything-but':{'wildcard':'*/lib/*'}}] | 'a/src/b'     | 'a/lib/b'",
        "any-but wilds        | [{'anything-but':{'wildcard':['a*','b*']}}] | 'c'         | 'bx'",
        "anything-but contain | [{'anything-but':{'contains':'lib'}}]    | 'src'          | 'a lib b'",
        "numeric =            | [{'numeric':['=',301.8]}]                | 301.80         | 301.81",
        "numeric !=           | [{'numeric':['!=',5]}]                   | 6              | 5.0",
        "numeric != of texts  | [{'numeric':['!=',5]}]                   | -5             | 'x'",
        "numeric <            | [{'numeric':['<',10]}]                   | 9.999999       | 10",
        "numeric <=           | [{'numeric':['<=',10]}]                  | 10             | 10.000001",
        "numeric >            | [{'numeric':['>',-1.0e9]}]               | 0              | -1000000000",
        "numeric >=           | [{'numeric':['>=',1.0e9]}]               | 1000000000     | 999999999.9",
        "numeric range        | [{'numeric':['>',0,'<=',5]}]             | 5              | 0",
        "cidr                 | [{'cidr':'10.0.0.0/24'}]                 | '10.0.0.255'   | '10.0.1.0'",
        "cidr, one address    | [{'cidr':'10.0.0.7'}]                    | '10.0.0.7'     | '10.0.0.8'",
        "cidr, 32 bits        | [{'cidr':'10.0.0.7/32'}]                 | '10.0.0.7'     | '10.0.0.8'",
        "cidr, IPv6           | [{'cidr':'2001:db8::/32'}]               | '2001:db8:1::5' | '2001:db9::5'",
        "exists               | [{'exists':true}]                        | null           | nothing",
        "does not exist       | [{'exists':false}]                       | nothing        | 0",
        "exists, object       | [{'exists':true}]                        | {'x':1}        | nothing",
        "array, intersection  | ['a', 'b']                               | ['x','b']      | ['x','y']",
        "array, operators     | [{'prefix':'a'}]                         | ['x','ab']     | ['x']",
        "array, empty         | ['a']                                    | ['a']          | []",
        "operators together   | [{'prefix':'a'},{'numeric':['<',0]},null] | -1            | 'b'",
        "contains, no case    | [{'contains':'b'},{'equals-ignore-case':'a'}] | 'xbx'     | 'xa'",
        "contains and suffix  | [{'contains':'baA'},{'suffix':'中'}]      | 'x中'      | '中*1'",
        "absent or another    | [{'exists':false},{'anything-but':'x'}]  | 'y'            | ['x']"
      })
  void matchesOneAndNotTheOther(String name, String list, String value, String other) {
    EventPattern pattern =
        Patterns.compile(("{'data':{'body':{'field':" + list + "}}}").replace('\'', '"'));

    assertThat(pattern.test(record(value))).as(value).isTrue();
    assertThat(pattern.test(record(other))).as(other).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':['x'],'b':['y']}                              | {'a':'x','b':'y','c':1}      | {'a':'x'}",
        "{'a':{'b':{'c':[1]}}}                              | {'a':{'b':{'c':1}}}          | {'a':{'c':1}}",
        "{'$or':[{'a':['x']},{'b':['y']}]}                  | {'b':'y'}                    | {'b':'x'}",
        "{'a':[1],'$or':[{'b':['y']},{'c':[{'exists':false}]}]} | {'a':1,'b':'z'}          | {'a':1,'c':1}",
        "{'$or':[{'a':['x'],'b':['y']},{'c':{'$or':[{'d':[1]},{'e':[2]}]}}]} | {'c':{'e':2}} | {'a':'x'}",
        "{'list':{'sku':['b'],'n':[2]}} | {'list':[{'sku':'a','n':1},{'sku':'b','n':2}]} | {'list':[{'sku':'a','n':2},{'sku':'b','n':1}]}"
      })
  void combinesFields(String inBody, String body, String other) {
    EventPattern pattern =
        Patterns.compile(("{'data':{'body':" + inBody + "}}").replace('\'', '"'));

    assertThat(pattern.test(body(body))).as(body).isTrue();
    assertThat(pattern.test(body(other))).as(other).isFalse();
  }

  /**
   * @param value of the field; {@code nothing} for a body without the field
   */
  private static DetachedRecord record(String value) {
    return body(value.equals("nothing") ? "{}" : "{'field':" + value + "}");
  }

  private static DetachedRecord body(String text) {
    return DetachedRecord.builder("orders", new Position(1))
        .body(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
