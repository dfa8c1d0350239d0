package admin;

import com.aliyuncs.IAcsClient;
import com.aliyuncs.kms.model.v20160120.CancelKeyDeletionRequest;
import com.aliyuncs.kms.model.v20160120.CreateAliasRequest;
import com.aliyuncs.kms.model.v20160120.CreateKeyRequest;
import com.aliyuncs.kms.model.v20160120.DescribeKeyRequest;
import com.aliyuncs.kms.model.v20160120.DescribeKeyResponse.KeyMetadata;
import com.aliyuncs.kms.model.v20160120.DisableKeyRequest;
import com.aliyuncs.kms.model.v20160120.EnableKeyRequest;
import com.aliyuncs.kms.model.v20160120.ListAliasesByKeyIdRequest;
import com.aliyuncs.kms.model.v20160120.ListKeysRequest;
import com.aliyuncs.kms.model.v20160120.ScheduleKeyDeletionRequest;
import com.aliyuncs.kms.model.v20160120.UpdateKeyDescriptionRequest;
import java.time.Duration;
import java.time.Instant;

/** A key, its alias and its life. */
final class KeySteps {
    private static final int DAYS = 30;
    private static final String ODD = "a b*c~d!'()/中+%&=?";

    private final IAcsClient client;
    private final String name;
    private String keyId;

    KeySteps(IAcsClient client, String name) {
        this.client = client;
        this.name = name;
    }

    String keyId() {
        return keyId;
    }

    void run(Report report) {
        report.check("CreateKey makes a key that DescribeKey and ListKeys show", this::create);
        report.check("CreateAlias gives the key a name that it is found by", this::alias);
        report.check("UpdateKeyDescription keeps odd characters", this::oddCharacters);
        report.check("DisableKey and EnableKey change the state", this::disableAndEnable);
        report.check("ScheduleKeyDeletion and CancelKeyDeletion change the state", this::deleteAndCancel);
    }

    private void create() throws Exception {
        CreateKeyRequest create = new CreateKeyRequest();
        create.setKeySpec("Aliyun_AES_256");
        create.setDescription("of " + name);
        keyId = client.getAcsResponse(create).getKeyMetadata().getKeyId();
        Report.equal("state", describe(keyId).getKeyState(), "Enabled");
        Report.equal("description", describe(keyId).getDescription(), "of " + name);
        ListKeysRequest list = new ListKeysRequest();
        list.setPageNumber(1);
        list.setPageSize(100);
        boolean found = client.getAcsResponse(list).getKeys().stream().anyMatch(key -> key.getKeyId().equals(keyId));
        Report.isTrue("ListKeys has the key", found);
    }

    private void alias() throws Exception {
        String alias = "alias/" + name;
        CreateAliasRequest create = new CreateAliasRequest();
        create.setKeyId(keyId);
        create.setAliasName(alias);
        client.getAcsResponse(create);
        ListAliasesByKeyIdRequest list = new ListAliasesByKeyIdRequest();
        list.setKeyId(keyId);
        Report.equal("alias", client.getAcsResponse(list).getAliases().get(0).getAliasName(), alias);
        Report.equal("key", describe(alias).getKeyId(), keyId);
    }

    private void oddCharacters() throws Exception {
        UpdateKeyDescriptionRequest update = new UpdateKeyDescriptionRequest();
        update.setKeyId(keyId);
        update.setDescription(ODD);
        client.getAcsResponse(update);
        Report.equal("description", describe(keyId).getDescription(), ODD);
    }

    private void disableAndEnable() throws Exception {
        DisableKeyRequest disable = new DisableKeyRequest();
        disable.setKeyId(keyId);
        client.getAcsResponse(disable);
        Report.equal("state", describe(keyId).getKeyState(), "Disabled");
        EnableKeyRequest enable = new EnableKeyRequest();
        enable.setKeyId(keyId);
        client.getAcsResponse(enable);
        Report.equal("state", describe(keyId).getKeyState(), "Enabled");
    }

    private void deleteAndCancel() throws Exception {
        ScheduleKeyDeletionRequest schedule = new ScheduleKeyDeletionRequest();
        schedule.setKeyId(keyId);
        schedule.setPendingWindowInDays(DAYS);
        client.getAcsResponse(schedule);
        KeyMetadata key = describe(keyId);
        Report.equal("state", key.getKeyState(), "PendingDeletion");
        long hours = Duration.between(Instant.now(), Instant.parse(key.getDeleteDate())).toHours();
        Report.equal("days until it goes", Math.round(hours / 24.0), (long) DAYS);
        CancelKeyDeletionRequest cancel = new CancelKeyDeletionRequest();
        cancel.setKeyId(keyId);
        client.getAcsResponse(cancel);
        Report.equal("state", describe(keyId).getKeyState(), "Enabled");
    }

    private KeyMetadata describe(String key) throws Exception {
        DescribeKeyRequest request = new DescribeKeyRequest();
        request.setKeyId(key);
        return client.getAcsResponse(request).getKeyMetadata();
    }
}
