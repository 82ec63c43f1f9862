package io.sluice.flows.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sdk.batch.Position;
import io.sluice.sdk.record.DetachedRecord;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cases that event-ruler publishes in its README and its correctness cases, as patterns on
 * bodies, with what event-ruler answers. Apostrophes stand for quotes. Where a pattern means
 * something else here, a test of its own says so.
 */
class EventRulerCasesTest {
  /** The README's event, as far as its rules look at it. */
  private static final String INSTANCE_STARTED =
      """
      {'detail-type':'EC2 Instance State-change Notification','source':'aws.ec2',
       'time':'2017-10-02T16:24:49Z',
       'resources':['arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000'],
       'detail':{'c-count':5,'d-count':3,'x-limit':301.8,'source-ip':'10.0.0.33',
                 'instance-id':'i-000000aaaaaa00000','state':'running'}}""";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'detail-type':['EC2 Instance State-change Notification'],'resources':['arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000'],'detail':{'state':['initializing','running']}} | true",
        "{'time':[{'prefix':'2017-10-02'}]}                              | true",
        "{'source':[{'suffix':'ec2'}]}                                   | true",
        "{'source':[{'equals-ignore-case':'EC2'}]}                       | false",
        "{'source':[{'wildcard':'Simple*Service'}]}                      | false",
        "{'detail':{'state':[{'anything-but':'initializing'}]}}          | true",
        "{'detail':{'x-limit':[{'anything-but':123}]}}                   | true",
        "{'detail':{'state':[{'anything-but':['stopped','overloaded']}]}} | true",
        "{'detail':{'x-limit':[{'anything-but':[100,200,300]}]}}         | true",
        "{'detail':{'state':[{'anything-but':{'prefix':'init'}}]}}       | true",
        "{'detail':{'c-count':[{'numeric':['>',0,'<=',5]}],'d-count':[{'numeric':['<',10]}],'x-limit':[{'numeric':['=',3.018e2]}]}} | true",
        "{'detail':{'source-ip':[{'cidr':'10.0.0.0/24'}]}}               | true",
        "{'detail':{'c-count':[{'exists':true}]}}                        | true",
        "{'detail':{'c-count':[{'exists':false}]}}                       | false",
        "{'time':[{'prefix':'2017-10-02'}],'detail':{'state':[{'anything-but':'initializing'}],'c-count':[{'numeric':['>',0,'<=',5]}],'d-count':[{'numeric':['<',10]}],'x-limit':[{'anything-but':[100,200,300]}],'source-ip':[{'cidr':'10.0.0.0/8'}]}} | true"
      })
  void answersForTheEventOfTheReadme(String pattern, boolean matches) {
    assertMatches(pattern, INSTANCE_STARTED, matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'source':['cw'],'$or':[{'metricName':['CPU','Read']},{'namespace':['EC2','ES']}]} | {'source':'cw','namespace':'ES'} | true",
        "{'source':['cw'],'$or':[{'metricName':['CPU','Read']},{'namespace':['EC2','ES']}]} | {'source':'cw','namespace':'S3'} | false",
        "{'source':['cw'],'$or':[{'metricName':['CPU','Read']},{'namespace':['EC2','ES']}]} | {'metricName':'CPU'}             | false",
        "{'$or':[{'metricName':['CPU']},{'namespace':['EC2']}],'detail':{'$or':[{'source':['cw']},{'detail-type':['Alarm']}]}} | {'namespace':'EC2','detail':{'detail-type':'Alarm'}} | true",
        "{'$or':[{'metricName':['CPU']},{'namespace':['EC2']}],'detail':{'$or':[{'source':['cw']},{'detail-type':['Alarm']}]}} | {'namespace':'EC2','detail':{'detail-type':'x'}}    | false",
        "{'source':['cw'],'$or':[{'metricName':['CPU']},{'metricType':['T'],'namespace':['EC2']},{'scope':['S']}]} | {'source':'cw','metricType':'T','namespace':'EC2'} | true",
        "{'source':['cw'],'$or':[{'metricName':['CPU']},{'metricType':['T'],'namespace':['EC2']},{'scope':['S']}]} | {'source':'cw','metricType':'T'}                   | false",
        "{'source':['cw'],'$or':[{'metricName':['CPU']},{'metricType':['T'],'namespace':['EC2']},{'scope':['S']}]} | {'source':'cw','scope':'S'}                        | true",
        "{'source':['cw'],'$or':[{'metricType':['T'],'namespace':['EC2'],'$or':[{'metricId':[1234]},{'spaceId':[1000]}]},{'scope':['S']}]} | {'source':'cw','metricType':'T','namespace':'EC2','spaceId':1000} | true",
        "{'source':['cw'],'$or':[{'metricType':['T'],'namespace':['EC2'],'$or':[{'metricId':[1234]},{'spaceId':[1000]}]},{'scope':['S']}]} | {'source':'cw','metricType':'T','namespace':'EC2','spaceId':1234} | false",
        "{'employees':{'firstName':['Anna']}}                     | {'employees':[{'firstName':'John','lastName':'Doe'},{'firstName':'Anna','lastName':'Smith'},{'firstName':'Peter','lastName':'Jones'}]} | true",
        "{'employees':{'firstName':['Anna']}}                     | {'employees':[[{'firstName':'John'},{'firstName':'Anna'}],[{'firstName':'Peter'}]]} | true",
        "{'employees':{'firstName':['Anna'],'lastName':['Jones']}} | {'employees':[{'firstName':'Anna','lastName':'Smith'},{'firstName':'Peter','lastName':'Jones'}]} | false",
        "{'employees':{'firstName':['Anna'],'lastName':['Smith']}} | {'employees':[{'firstName':'Anna','lastName':'Smith'},{'firstName':'Peter','lastName':'Jones'}]} | true",
        "{'detail':{'state':{'status':['running']}}}              | {'detail':{'state.status':'running'}}      | true",
        "{'detail':{'state.status':['running']}}                  | {'detail':{'state':{'status':'running'}}}  | true"
      })
  void answersForOrAndArraysOfTheReadme(String pattern, String body, boolean matches) {
    assertMatches(pattern, body, matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Plain objects.
        "{'d':{'a':[{'exists':true}],'b':[{'exists':true}]}}        | {'d':{'a':1,'b':2}}                     | true",
        "{'d':{'a':[{'exists':true}],'b':[{'exists':true}]}}        | {'d':{'a':1}}                           | false",
        "{'d':{'a':['hello'],'b':['world']}}                        | {'d':{'a':'hello','b':'world'}}         | true",
        "{'d':{'a':['hello'],'b':['world']}}                        | {'d':{'a':'hello','b':'nope'}}          | false",
        "{'d':{'a':[{'prefix':'hel'}]}}                             | {'d':{'a':'hello'}}                     | true",
        "{'d':{'x':[{'numeric':['>',0,'<',100]}]}}                  | {'d':{'x':50}}                          | true",
        "{'d':{'s':[{'anything-but':'banned'}]}}                    | {'d':{'s':'active'}}                    | true",
        // Arrays of objects: all fields in one element.
        "{'d':{'a':[{'exists':true}],'b':[{'exists':true}]}}        | {'d':[{'a':1,'b':2}]}                   | true",
        "{'d':{'a':[{'exists':true}],'b':[{'exists':true}]}}        | {'d':[{'a':1},{'b':2}]}                 | false",
        "{'d':{'a':[{'exists':true}],'b':[{'exists':true}]}}        | {'d':[{'a':1},{'b':2},{'a':3,'b':4}]}   | true",
        "{'d':{'a':[{'exists':true}],'b':[{'exists':true}],'c':[{'exists':true}]}} | {'d':[{'a':1,'b':2,'c':3}]}   | true",
        "{'d':{'a':[{'exists':true}],'b':[{'exists':true}],'c':[{'exists':true}]}} | {'d':[{'a':1},{'b':2},{'c':3}]} | false",
        "{'d':{'name':['alice'],'status':['active']}}               | {'d':[{'name':'alice','status':'active'}]}     | true",
        "{'d':{'name':['alice'],'status':['active']}}               | {'d':[{'name':'alice'},{'status':'active'}]}   | false",
        "{'d':{'name':[{'prefix':'al'}],'status':[{'exists':true}]}} | {'d':[{'name':'alice','status':'ok'}]}        | true",
        "{'d':{'name':[{'prefix':'al'}],'status':[{'exists':true}]}} | {'d':[{'name':'alice'},{'status':'ok'}]}      | false",
        "{'d':{'a':[{'exists':true}]}}                              | {'d':[{'a':1},{'a':2}]}                        | true",
        "{'d':{'a':['target'],'b':['found']}}                       | {'d':[{'a':'x'},{'a':'y'},{'a':'target','b':'found'},{'a':'z'}]} | true",
        "{'i':{'p':[{'numeric':['>',0,'<',100]}],'n':[{'exists':true}]}} | {'i':[{'n':'w','p':50},{'n':'g','p':200}]} | true",
        "{'u':{'s':[{'anything-but':'banned'}],'n':[{'exists':true}]}} | {'u':[{'n':'alice','s':'banned'},{'n':'bob','s':'active'}]} | true",
        "{'d':{'name':[{'suffix':'ice'}],'type':[{'exists':true}]}} | {'d':[{'name':'alice','type':'user'}]}         | true",
        "{'d':{'name':[{'suffix':'ice'}],'type':[{'exists':true}]}} | {'d':[{'name':'alice'},{'type':'user'}]}       | false",
        "{'detail':{'email':[{'exists':true}],'name':[{'exists':true}]}} | {'detail':[{'email':'a'},{'email':'b'},{'email':'c'},{'email':'e','name':'eve'}]} | true",
        "{'d':{'a':[{'exists':true}],'b':[{'exists':false}]}}       | {'d':[{'a':1}]}                                | true",
        "{'d':{'a':[{'exists':true}],'b':[{'exists':false}]}}       | {'d':[{'a':1,'b':2}]}                          | false",
        "{'d':{'a':[{'exists':true}]}}                              | {}                                             | false",
        "{'d':{'a':[{'exists':true}]}}                              | {'d':[]}                                       | false",
        // Arrays within arrays of objects.
        "{'u':{'t':{'k':['color'],'v':['blue']}}}                   | {'u':[{'t':[{'k':'color','v':'blue'}]}]}       | true",
        "{'u':{'t':{'k':['color'],'v':['blue']}}}                   | {'u':[{'t':[{'k':'color'},{'v':'blue'}]}]}     | false",
        "{'d':{'name':[{'exists':true}],'info':{'x':['1']}}}        | {'d':[{'name':'alice'},{'info':{'x':'1'}}]}    | false",
        "{'d':{'name':[{'exists':true}],'info':{'x':['1']}}}        | {'d':[{'name':'alice','info':{'x':'1'}}]}      | true",
        "{'a':{'b':{'x':[{'exists':true}],'y':[{'exists':true}]}}}  | {'a':[{'b':[{'x':1,'y':2}]}]}                  | true",
        "{'a':{'b':{'x':[{'exists':true}],'y':[{'exists':true}]}}}  | {'a':[{'b':[{'x':1},{'y':2}]}]}                | false",
        // Arrays of values.
        "{'d':{'tags':[{'exists':true}],'name':[{'exists':true}]}}  | {'d':{'tags':['a','b'],'name':'x'}}            | true",
        "{'tags':['admin']}                                         | {'tags':['user','admin']}                      | true",
        "{'tags':['superadmin']}                                    | {'tags':['user','admin']}                      | false",
        "{'d':{'tags':[{'prefix':'ad'}],'type':[{'exists':true}]}}  | {'d':{'tags':['admin','user'],'type':'G'}}     | true",
        "{'d':{'tags':[{'prefix':'super'}],'type':[{'exists':true}]}} | {'d':{'tags':['admin','user'],'type':'G'}}   | false",
        "{'detail':{'data':{'name':[{'exists':true}],'type':[{'exists':true}]}}} | {'detail':{'data':{'name':['alice','bob'],'type':'G'}}} | true",
        "{'tags':[{'exists':true}],'cats':[{'exists':true}],'v':['1']} | {'tags':['a','b'],'cats':['x','y'],'v':'1'} | true",
        "{'d':{'name':['target'],'type':['G']}}                     | {'d':{'name':['a','b','target','c'],'type':'G'}} | true",
        "{'d':{'vals':[{'numeric':['>',0,'<',10]}],'type':[{'exists':true}]}} | {'d':{'vals':[100,5,200],'type':'ok'}} | true",
        "{'d':{'tags':[{'anything-but':'banned'}],'type':[{'exists':true}]}} | {'d':{'tags':['banned','ok'],'type':'x'}} | true",
        "{'d':{'name':[{'exists':true}],'type':[{'exists':true}]}}  | {'d':{'name':['only'],'type':'x'}}             | true",
        "{'a':{'b':{'c':{'vals':[{'exists':true}],'type':[{'exists':true}]}}}} | {'a':{'b':{'c':{'vals':['x','y'],'type':'ok'}}}} | true",
        // Both kinds of arrays, and plain values.
        "{'users':{'name':[{'exists':true}]},'version':['1']}       | {'users':[{'name':'alice'}],'version':'1'}     | true",
        "{'users':{'name':[{'exists':true}]},'version':['2']}       | {'users':[{'name':'alice'}],'version':'1'}     | false",
        "{'users':{'name':[{'exists':true}]},'tags':['admin']}      | {'users':[{'name':'alice'}],'tags':['admin','user']} | true",
        "{'users':{'name':[{'exists':true}],'email':[{'exists':true}]},'tags':['admin']} | {'users':[{'name':'alice'},{'email':'b'}],'tags':['admin']} | false"
      })
  void answersForTheCorrectnessCases(String pattern, String body, boolean matches) {
    assertMatches(pattern, body, matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'detail':{'c-count':[{'exists':false}]}}                  | {'detail':{'c-count':{'c1':100}}}",
        "{'d':{'name':[{'exists':false}],'type':[{'exists':true}]}} | {'d':{'name':[],'type':'x'}}"
      })
  void anObjectAndAnEmptyArrayExistHereAndNotForEventRuler(String pattern, String body) {
    assertMatches(pattern, body, false);
  }

  private static void assertMatches(String pattern, String body, boolean matches) {
    EventPattern compiled =
        Patterns.compile(("{'data':{'body':" + pattern + "}}").replace('\'', '"'));
    DetachedRecord record =
        DetachedRecord.builder("orders", new Position(1))
            .body(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
            .build();

    assertThat(compiled.test(record)).as(body).isEqualTo(matches);
  }
}
