package admin;

import com.aliyuncs.exceptions.ClientException;
import java.util.Objects;

/** Counts and prints checks, and has the assertions they are made of. */
final class Report {
    interface Body {
        void run() throws Exception;
    }

    private int passed;
    private int failed;

    void check(String name, Body body) {
        try {
            body.run();
            passed++;
            System.out.println("ok " + name);
        } catch (Exception | AssertionError error) {
            failed++;
            System.out.println("FAIL " + name + ": " + error.toString().replaceAll("\\s+", " "));
        }
    }

    int finish() {
        System.out.println(passed + " passed, " + failed + " failed");
        return failed == 0 ? 0 : 1;
    }

    static void equal(String what, Object actual, Object wanted) {
        if (!Objects.equals(actual, wanted)) {
            throw new AssertionError(what + " is " + actual + ", not " + wanted);
        }
    }

    static void isTrue(String what, boolean value) {
        if (!value) {
            throw new AssertionError("not so: " + what);
        }
    }

    /** The call must fail with exactly this code, and with a message and a request id. */
    static void refused(String code, Body call) throws Exception {
        try {
            call.run();
        } catch (ClientException error) {
            equal("code", error.getErrCode(), code);
            isTrue("the error has a message", error.getErrMsg() != null && !error.getErrMsg().isEmpty());
            isTrue("the error has a request id", error.getRequestId() != null);
            return;
        }
        throw new AssertionError("the call succeeded; " + code + " was expected");
    }
}
